# SPDX-License-Identifier: GPL-3.0-or-later
# The functions every folder's CMakeLists.txt uses.

set(QD_STANDARD_HEADERS <algorithm> <deque> <functional> <map> <memory> <mutex> <optional> <string> <string_view> <unordered_map> <variant> <vector> <tl/expected.hpp>)

# What every target of ours is compiled with. -Wno-restrict and -Wno-stringop-overflow: g++ 12 warns wrongly on std::string operator+ (GCC bugs 105651, 105329),
# and, where headers are precompiled, on what it inlines of the standard library: -Wno-array-bounds.
function(qd_compile_options target)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wno-missing-field-initializers -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds
    $<$<BOOL:${QD_WERROR}>:-Werror> -fstack-protector-strong)
  target_compile_definitions(${target} PRIVATE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS
    BOOST_ASIO_NO_DEPRECATED BOOST_ALL_NO_LIB QD_VERSION="${PROJECT_VERSION}")
  if(QD_SANITIZE)
    target_compile_options(${target} PUBLIC -fsanitize=address,undefined -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
  if(QD_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
    if(QD_FUZZ_OPTIMISE EQUAL 0)
      # What it costs to compile is what the sanitizers add: undefined behaviour ends the program without a word (the stack says where), and what the address
      # sanitizer finds as well, or x86 does not mind, is not looked for twice.
      target_compile_options(${target} PRIVATE -fsanitize-trap=undefined
        -fno-sanitize=null,alignment,vptr,object-size,pointer-overflow,function,nonnull-attribute,returns-nonnull-attribute)
    endif()
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()

# The files of a target are compiled so many at a time: names in their unnamed namespaces must differ within a folder (the compiler says so).
# A changed file costs its batch: who works in a room for a day names it, `cmake build -DQD_ROOMS="core/desk;tests/core/desk"`, and its files are
# compiled one by one.
function(qd_unity target batch)
  file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  if(QD_UNITY AND NOT path IN_LIST QD_ROOMS)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${batch})
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage) # g++ takes the files of a batch for headers
  endif()
endfunction()

# Precompiled headers where files are compiled one by one: they and batches are two cures of one ill.
function(qd_wants_pch out)
  file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(${out} OFF PARENT_SCOPE)
  if(QD_PCH AND (NOT QD_UNITY OR path IN_LIST QD_ROOMS))
    set(${out} ON PARENT_SCOPE)
  endif()
endfunction()

# One static library a folder. core/journal becomes Quarterdeck::Journal, ui/triage becomes Quarterdeck::UiTriage.
#   qd_library(LINKS Quarterdeck::Base …)            visible links
#   qd_library(QT …)                                 the folder holds QObjects: run moc, uic and rcc
#   qd_library(STD)                                  a folder of many files: the standard library's headers, a third of compiling one, are precompiled
#   qd_library(PCH <header> …)                       … and these. None of ours: g++ knows a "#pragma once" file by its time, which a compiler cache changes
function(qd_library)
  cmake_parse_arguments(ARG "QT;STD" "" "LINKS;PCH" ${ARGN})
  file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(REPLACE "/" "_" target "qd_${path}")
  get_filename_component(folder ${path} NAME)
  string(SUBSTRING ${folder} 0 1 first)
  string(SUBSTRING ${folder} 1 -1 rest)
  string(TOUPPER ${first} first)
  set(alias "${first}${rest}")
  if(path MATCHES "^ui/")
    set(alias "Ui${alias}")
  endif()
  file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h *.ui)
  add_library(${target} STATIC ${sources})
  add_library(Quarterdeck::${alias} ALIAS ${target})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  if(ARG_QT)
    set_target_properties(${target} PROPERTIES AUTOMOC ON AUTOUIC ON AUTORCC ON)
  endif()
  qd_compile_options(${target})
  qd_unity(${target} 16)
  target_link_libraries(${target} PUBLIC ${ARG_LINKS})
  # Qt's headers are most of what a ui file costs to compile: 1.3 s of 2.5 s here. A folder of few files gains nothing.
  list(LENGTH sources count)
  qd_wants_pch(pch)
  if(pch AND path MATCHES "^ui/" AND count GREATER 12)
    target_precompile_headers(${target} PRIVATE <QWidget> <QPainter> <QTableView> <QBoxLayout> <string> <vector> <memory> <functional> <algorithm>)
  elseif(pch AND (ARG_STD OR ARG_PCH))
    target_precompile_headers(${target} PRIVATE ${QD_STANDARD_HEADERS} ${ARG_PCH})
  endif()
endfunction()

# The tst_*.cpp of the folder are one program, named after the folder: every file one test class and one CTest test, `core.desk tst_alarms`
# run as core.desk.tst_alarms (tests/support/suite.h).
#   qd_tests(LABEL unit LINKS Quarterdeck::Journal …)
#   qd_tests(PCH <header> …)                         beside QtTest and the standard ones
function(qd_tests)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "LINKS;PCH" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR})
  string(REPLACE "/" "." program "${path}")
  file(GLOB sources CONFIGURE_DEPENDS tst_*.cpp)
  add_executable(${program} ${sources} ${PROJECT_SOURCE_DIR}/tests/support/main.cpp)
  set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/bin)
  # moc by hand: a test class is all it has to find, and without include paths, as AUTOMOC gives them, that is 0.01 s instead of one.
  target_include_directories(${program} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    set(moc ${CMAKE_CURRENT_BINARY_DIR}/${name}.moc)
    add_custom_command(OUTPUT ${moc} COMMAND Qt6::moc -DQT_NO_KEYWORDS ${source} -o ${moc} DEPENDS ${source} VERBATIM)
    target_sources(${program} PRIVATE ${moc})
  endforeach()
  qd_compile_options(${program})
  qd_unity(${program} 20)
  target_link_libraries(${program} PRIVATE ${ARG_LINKS} Qt6::Test)
  target_compile_definitions(${program} PRIVATE QD_SOURCE_DIR="${PROJECT_SOURCE_DIR}" QD_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_compile_options(${program} PRIVATE -O0) # a test is compiled once and run once; what it tests is optimised
  list(LENGTH sources count) # for one or two tests it costs more than it saves
  qd_wants_pch(pch)
  if(pch AND count GREATER 2)
    target_precompile_headers(${program} PRIVATE ${QD_STANDARD_HEADERS} <QtTest> ${ARG_PCH})
  endif()
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    add_test(NAME ${program}.${name} COMMAND ${program} ${name})
    set_tests_properties(${program}.${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT}
      ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
  endforeach()
endfunction()

# One program of the tests with larger numbers in its environment: `long.NAME`, label ci-long, what a commit has to pass; where more is worth an hour,
# `nightly.NAME`, label nightly, what a release has to.
#   qd_long(killchanging TIMEOUT 900 COMMAND faults tst_killchanging LONG QD_FAULT_KILLS=100 NIGHTLY QD_FAULT_KILLS=300)
function(qd_long name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "COMMAND;LONG;NIGHTLY" ${ARGN})
  foreach(kind LONG NIGHTLY)
    if(NOT ARG_${kind})
      continue()
    endif()
    string(TOLOWER ${kind} prefix)
    string(REPLACE long ci-long label ${prefix})
    add_test(NAME ${prefix}.${name} COMMAND ${ARG_COMMAND})
    set_tests_properties(${prefix}.${name} PROPERTIES LABELS ${label} TIMEOUT ${ARG_TIMEOUT}
      # Qt Test ends a function after five minutes unless told.
      ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;QTEST_FUNCTION_TIMEOUT=${ARG_TIMEOUT}000;PYTHONDONTWRITEBYTECODE=1;QD_BIN=${CMAKE_RUNTIME_OUTPUT_DIRECTORY};${ARG_${kind}}")
  endforeach()
endfunction()
