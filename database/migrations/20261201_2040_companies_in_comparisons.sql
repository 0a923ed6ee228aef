-- REC-2: groups were told by establishments, so that one company could be most of them. Nothing of that stays: the next run tells them anew.
delete from hirings_compared;
delete from hiring_seasons;
delete from hiring_forecast_runs;
