# SPDX-License-Identifier: Apache-2.0
# What `cmake --install build/release --prefix DIR` puts where. board.h installs itself beside its target.
include(GNUInstallDirs)
if(TARGET cellrig)
  install(TARGETS cellrig cellrig_fit RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(TARGETS firmware_jk LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/cellrig/firmware)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/cellrig)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/cellrig)
