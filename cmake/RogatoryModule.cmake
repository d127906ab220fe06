# SPDX-License-Identifier: EUPL-1.2
#
# How a room of the house becomes targets. A room calls rogatory_module once, in src/<room>/CMakeLists.txt:
#
#   rogatory_module(
#     NAME law                          # library rogatory_law, alias rogatory::law
#     SRCS term.cc detail/solver.cc
#     TESTS term_test.cc                # program rogatory_law_test, each case a ctest test `law.Suite.Case`
#     DEPS base                         # rooms it knows
#     LIBS cadical::cadical             # third-party libraries of its .cc files
#     PUBLIC_LIBS Boost::json           # third-party libraries its headers show (rare)
#     TEST_LIBS rapidcheck              # third-party libraries of its tests
#     GCC_ONLY)                         # not among the tests that clang builds under sanitizers (rare)
#
# Headers are found as "law/term.h"; helpers of tests as "support/shared.h".

include(GoogleTest)

# Programs that the sanitizer run builds: the tests of every room and the replay of every fuzz corpus.
add_custom_target(rogatory_unit_tests)

# Warnings and include path shared by every target of the project.
# Options structs are filled by designated initialisers, so a field left at its default is no mistake.
add_library(rogatory_options INTERFACE)
target_compile_options(
  rogatory_options
  INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wswitch-enum -Wno-missing-field-initializers -Werror)
# std::stable_sort of libstdc++ 12 calls what C++17 deprecates, which clang reports; g++ still says it of our own code.
target_compile_options(rogatory_options INTERFACE $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
target_include_directories(rogatory_options INTERFACE "${PROJECT_SOURCE_DIR}/src")

function(rogatory_module)
  cmake_parse_arguments(PARSE_ARGV 0 arg "GCC_ONLY" "NAME" "SRCS;TESTS;DEPS;LIBS;PUBLIC_LIBS;TEST_LIBS")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_NAME OR NOT arg_SRCS)
    message(FATAL_ERROR "rogatory_module: NAME and SRCS are needed; not understood: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  set(target "rogatory_${arg_NAME}")
  list(TRANSFORM arg_DEPS PREPEND "rogatory::")

  add_library(${target} STATIC ${arg_SRCS})
  add_library(rogatory::${arg_NAME} ALIAS ${target})
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(${target} PUBLIC ${arg_DEPS} ${arg_PUBLIC_LIBS} PRIVATE ${arg_LIBS} rogatory_options)

  if(ROGATORY_TESTS AND arg_TESTS)
    add_executable(${target}_test ${arg_TESTS})
    target_link_libraries(${target}_test PRIVATE ${target} rogatory_options rogatory_test_support ${arg_LIBS}
                                                 ${arg_TEST_LIBS} GTest::gtest_main)
    set(label unit)
    if(arg_GCC_ONLY)
      set(label unit_gcc)
    endif()
    gtest_discover_tests(
      ${target}_test
      TEST_PREFIX "${arg_NAME}."
      DISCOVERY_MODE PRE_TEST
      DISCOVERY_TIMEOUT 60
      PROPERTIES TIMEOUT 120 LABELS ${label})
    if(NOT arg_GCC_ONLY)
      add_dependencies(rogatory_unit_tests ${target}_test)
    endif()
  endif()
endfunction()
