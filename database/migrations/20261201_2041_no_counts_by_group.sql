-- REC-1: counts by group, territory, month and kind were read by nothing: comparisons and seasons are made from those of establishments.
drop table hirings_by_group;
