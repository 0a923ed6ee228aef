-- Who made a contour, and under which licence: said on the maps that show it.
alter table contours add column source text check (length(source) between 1 and 200);
