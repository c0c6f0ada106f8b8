# What is installed beside the program, and the Debian package: cmake --install DIR, cpack -G DEB.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/examples/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
  PATTERN quickstart.sh EXCLUDE) # it builds from source
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
foreach(section 1 5 7)
  file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.${section})
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
set(completions ${CMAKE_SOURCE_DIR}/completions)
install(FILES ${completions}/helpdesk.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME helpdesk OPTIONAL)
install(FILES ${completions}/helpdesk.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d OPTIONAL)
# Debian's zsh looks below /usr in vendor-completions and below /usr/local in site-functions: the prefix is known
# only when it is installed.
install(CODE "
  set(functions site-functions)
  if(CMAKE_INSTALL_PREFIX MATCHES \"/usr$\")
    set(functions vendor-completions)
  endif()
  if(EXISTS \"${completions}/_helpdesk\")
    file(INSTALL \"${completions}/_helpdesk\"
      DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/zsh/\${functions}\")
  endif()")

# Libraries that are loaded at first use are in no link line, so dpkg-shlibdeps cannot see them; their packages have
# other names in other releases, so the package manager is asked who owns them.
function(helpdesk_owner soname fallback result)
  execute_process(COMMAND dpkg-query -S "*/${soname}" OUTPUT_VARIABLE found ERROR_QUIET RESULT_VARIABLE code)
  if(code EQUAL 0 AND found MATCHES "^([a-z0-9][a-z0-9.+-]*)")
    set(${result} ${CMAKE_MATCH_1} PARENT_SCOPE)
  else()
    set(${result} ${fallback} PARENT_SCOPE)
  endif()
endfunction()
helpdesk_owner(libgmime-3.0.so.0 libgmime-3.0-0 gmime_package)
helpdesk_owner(libcurl.so.4 libcurl4 curl_package)
helpdesk_owner(libjq.so.1 libjq1 jq_package)
helpdesk_owner(libcld2.so.0 libcld2-0 cld2_package)
helpdesk_owner(libical.so.3 libical3 ical_package)
helpdesk_owner(libstemmer.so.0d libstemmer0d stemmer_package)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME helpdesk)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "helpdesk maintainers <helpdesk@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "support desk in the terminal")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION mail)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
  "${gmime_package}, ${curl_package}, ${jq_package}, ${cld2_package}, ${stemmer_package}, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates, less, xdg-utils, ${ical_package}")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "keeps every conversation with customers in a local store
 Pulls mailboxes, shows who waits for an answer and for how long, drafts and
 sends replies exactly once, and measures response times without flattering.")
include(CPack)

if(HELPDESK_TESTS)
  add_test(NAME package.deb COMMAND bash ${CMAKE_SOURCE_DIR}/tests/servers/deb_test.sh ${CMAKE_BINARY_DIR})
  set_tests_properties(package.deb PROPERTIES LABELS "slow;server" SKIP_RETURN_CODE 77 TIMEOUT 1200)
endif()
