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
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
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
  target_link_libraries(${target} PUBLIC ${ARG_LINKS})
  # Qt's headers are most of what a ui file costs to compile: 1.3 s of 2.5 s here. A folder of few files gains nothing.
  list(LENGTH sources count)
  if(QD_PCH AND path MATCHES "^ui/" AND count GREATER 12)
    target_precompile_headers(${target} PRIVATE <QWidget> <QPainter> <QTableView> <QBoxLayout> <string> <vector> <memory> <functional> <algorithm>)
  elseif(QD_PCH AND (ARG_STD OR ARG_PCH))
    target_precompile_headers(${target} PRIVATE ${QD_STANDARD_HEADERS} ${ARG_PCH})
  endif()
endfunction()

# Every tst_*.cpp of the folder is one test program, named after the folder and the file.
#   qd_tests(LABEL unit LINKS Quarterdeck::Journal …)
#   qd_tests(GUI …)                                  runs on the offscreen platform
#   qd_tests(PCH <header> …)                         beside QtTest and the standard ones; the tests of a folder share what is precompiled
function(qd_tests)
  cmake_parse_arguments(ARG "GUI" "LABEL;TIMEOUT" "LINKS;PCH" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR})
  string(REPLACE "/" "." prefix "${path}")
  file(GLOB sources CONFIGURE_DEPENDS tst_*.cpp)
  set(first "")
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    set(target "${prefix}.${name}")
    add_executable(${target} ${source})
    set_target_properties(${target} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    qd_compile_options(${target})
    target_link_libraries(${target} PRIVATE ${ARG_LINKS} Qt6::Test)
    target_compile_definitions(${target} PRIVATE QD_SOURCE_DIR="${PROJECT_SOURCE_DIR}" QD_BINARY_DIR="${CMAKE_BINARY_DIR}")
    target_compile_options(${target} PRIVATE -O0) # a test is compiled once and run once; what it tests is optimised
    list(LENGTH sources count) # for one or two tests it costs more than it saves
    if(QD_PCH AND first)
      target_precompile_headers(${target} REUSE_FROM ${first})
    elseif(QD_PCH AND count GREATER 2)
      target_precompile_headers(${target} PRIVATE ${QD_STANDARD_HEADERS} <QtTest> ${ARG_PCH})
      set(first ${target})
    endif()
    add_test(NAME ${target} COMMAND ${target})
    set_tests_properties(${target} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT}
      ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
  endforeach()
endfunction()
