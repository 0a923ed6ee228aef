-- Public geography, imported from files of contours: no row-level security. The import writes as cc_owner; the application only reads.
create table contours (
  kind text not null check (kind in ('departement', 'epci', 'commune')),
  -- As in the file: one that no territory has is kept, and comes to light when it has.
  code text not null,
  -- [[ring, hole…]…], each point [longitude, latitude], as in a GeoJSON MultiPolygon.
  polygons json not null,
  imported_at timestamptz not null default now(),
  primary key (kind, code)
);
grant select on contours to cc_web, cc_definer;
