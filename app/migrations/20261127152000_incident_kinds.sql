-- No water and a dripping tap on one riser are two incidents, though of one category.
drop index incident_live_idx;
create unique index incident_live_idx
  on incident (estate_id, category_id, item_id, place_id, extent, stack, floor, area_id)
  nulls not distinct where stage in ('proposed', 'open');
