# SPDX-License-Identifier: EUPL-1.2
#
# rogatory_embed_sql(<room> <variable>): puts the files migrations/*.sql of a room into a source file, whose path is
# stored in <variable>. It implements `migrations()` of src/<room>/migrations.h.
function(rogatory_embed_sql ROOM variable)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/migrations/*.sql")
  list(SORT files)
  list(LENGTH files COUNT)
  set(ROWS "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    file(READ "${file}" text)
    get_filename_component(name "${file}" NAME_WE)
    string(APPEND ROWS "      {\"${ROOM}/${name}\", R\"sql(${text})sql\"},\n")
  endforeach()
  set(out "${CMAKE_CURRENT_BINARY_DIR}/migrations.cc")
  configure_file("${PROJECT_SOURCE_DIR}/src/storage/embedded_sql.cc.in" "${out}" @ONLY)
  set(${variable} "${out}" PARENT_SCOPE)
endfunction()
