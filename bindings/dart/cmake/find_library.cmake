# Sets aipass_found to the path of ${aipass_library} for the platform whose folder includes this: in the folder of
# `dart run aipass:fetch`, which is in the app, or above it in a workspace; or beside the platform's CMakeLists.txt, where a developer
# of this package puts one.
get_filename_component(aipass_platform "${CMAKE_CURRENT_SOURCE_DIR}" NAME)
set(aipass_candidates "")
set(aipass_folder "${CMAKE_SOURCE_DIR}")
set(aipass_above "")
while(NOT aipass_folder STREQUAL aipass_above)
  list(APPEND aipass_candidates "${aipass_folder}/.dart_tool/aipass/${aipass_platform}/${aipass_library}")
  # The app's or the workspace's. What lies above is not this project's.
  if(EXISTS "${aipass_folder}/.dart_tool/package_config.json")
    break()
  endif()
  set(aipass_above "${aipass_folder}")
  get_filename_component(aipass_folder "${aipass_folder}" DIRECTORY)
endwhile()
list(APPEND aipass_candidates "${CMAKE_CURRENT_SOURCE_DIR}/${aipass_library}")

set(aipass_found "")
foreach(candidate IN LISTS aipass_candidates)
  if(EXISTS "${candidate}")
    set(aipass_found "${candidate}")
    break()
  endif()
endforeach()
if(NOT aipass_found)
  message(FATAL_ERROR "The native library of the package aipass is missing. Run \"dart run aipass:fetch ${aipass_platform}\" "
    "in the app's folder, or see the package's README.")
endif()
