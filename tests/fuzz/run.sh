#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh BUILD-FOLDER [NAME…]: every fuzzer (or the named ones) for QD_FUZZ_SECONDS (30), optimised by QD_FUZZ_OPTIMISE (1; 0 has a folder of its own,
# BUILD-FOLDER0, and compiles in a quarter of the time), with clang's libFuzzer and the address and
# undefined-behaviour sanitizers. What they find stays in BUILD-FOLDER/found; put it into corpus/NAME once it is mended.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
root=$here/../..
optimise=${QD_FUZZ_OPTIMISE:-1} seconds=${QD_FUZZ_SECONDS:-30}
dir=$1 patience=5; [ "$optimise" != 0 ] || { dir=${dir}0; patience=15; }
shift
[ $# -gt 0 ] || set -- $(sed -n 's/^qd_fuzz(\([a-z]*\) .*/\1/p' "$here/CMakeLists.txt")
command -v clang++ >/dev/null || { echo "fuzz: the Debian packages clang and libclang-rt-14-dev are needed"; exit 1; }
mkdir -p "$dir/found"
cmake -S "$root" -B "$dir" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ \
  -DQD_FUZZ=ON -DQD_FUZZ_OPTIMISE="$optimise" -DQD_TESTS=ON -DQD_PCH=OFF -DQD_WERROR=OFF >"$dir/configure.log" 2>&1 || { cat "$dir/configure.log"; exit 1; }
ninja -C "$dir" fuzz.eventseeds $(printf 'fuzzer.%s ' "$@") >"$dir/build.log" 2>&1 || { tail -n 40 "$dir/build.log"; exit 1; }

"$dir/tests/bin/fuzz.eventseeds" "$dir/seeds/events"

# What one input makes its parser hold is counted by memory.cpp, at most 64 MB; the resident size is the fuzzer's as well, so freed memory is kept
# aside for 32 MB only (256 MB unless told), and what grows from input to input still shows.
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1:quarantine_size_mb=32 UBSAN_OPTIONS=print_stacktrace=1
seed=${QD_FUZZ_SEED:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}
echo "seed $seed, $seconds s each (QD_FUZZ_SEED=$seed repeats it)"
one() { # one NAME
  local name=$1 work=$dir/work/$1
  mkdir -p "$work"
  local seeds=(); [ ! -d "$dir/seeds/$name" ] || seeds=("$dir/seeds/$name")
  # A dictionary of the words of the format spares the fuzzer hours of guessing them.
  local dict=(); [ ! -f "$here/corpus/$name.dict" ] || dict=(-dict="$here/corpus/$name.dict")
  if "$dir/fuzzers/fuzzer.$name" -max_total_time="$seconds" -timeout="$patience" -rss_limit_mb=512 -max_len=65536 -seed="$seed" -print_final_stats=1 \
      "${dict[@]}" -artifact_prefix="$dir/found/$name-" "$work" "$here/corpus/$name" "${seeds[@]}" >"$dir/$name.log" 2>&1; then
    stat() { sed -n "s/^stat::$1: *//p" "$dir/$name.log"; }
    printf '%-14s %s runs, corpus %s, at most %s KB for an input, %s MB resident\n' "$name" "$(stat number_of_executed_units)" "$(ls "$work" | wc -l)" \
      "$(stat most_bytes_held_for_an_input | sed 's/...$//')" "$(stat peak_rss_mb)"
  else
    echo "$name FOUND SOMETHING:"; grep -v '^#[0-9]' "$dir/$name.log" | tail -n 40
    return 1
  fi
}
export -f one; export dir here seconds seed patience
printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} bash -c 'one {}'
