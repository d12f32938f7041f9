# Campaigns of the built program.
cellrig_test(end_to_end_campaign_test SOURCES campaign_test.cpp LIBS nlohmann_json::nlohmann_json)
add_dependencies(end_to_end_campaign_test cellrig firmware_jk firmware_defect_ovp_offset_37_mV)
