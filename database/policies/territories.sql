-- territories
grant select on territories to cc_web, cc_definer;

-- communes
grant select on communes to cc_web, cc_worker, cc_definer;

-- commune_successions
grant select on commune_successions to cc_web, cc_worker, cc_definer;

-- territory_editions
grant select on territory_editions to cc_web, cc_definer;

-- clpe_in_edition
grant select on clpe_in_edition to cc_web, cc_definer;

-- clpe_communes
grant select on clpe_communes to cc_web, cc_definer;

-- territory_overlaps
grant select on territory_overlaps to cc_web, cc_definer, cc_worker;

-- naf
-- The updates list the codes of activity that no label explains.
grant select on naf to cc_web, cc_worker, cc_definer;

-- naf_correspondences
-- The updates count anew what the register codes in both nomenclatures.
grant select on naf_correspondences to cc_web, cc_worker, cc_definer;
grant insert, delete on naf_correspondences to cc_worker;

-- contours
grant select on contours to cc_web, cc_definer;

-- territory_contents
grant select on territory_contents to cc_web, cc_definer;
