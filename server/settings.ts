import type { WatchSettings } from './oversight/security/settings.ts'
import type { Settings } from './platform/action.ts'
import type { Config } from './platform/config.ts'
import { systemClock } from './platform/time.ts'
import { identityOf } from './signing-in/identity/settings.ts'
import { hasher } from './signing-in/passwords/hashing.ts'
import { calendarAddresses } from './work-with-employers/calendar/calendar-addresses.ts'
import { objectionDigests } from './work-with-employers/correspondents/objection-digests.ts'

/** What each room needs of the configuration, made once when the process starts; `clock` tells its time. */
export const settingsOf = (config: Config, clock: () => Date = systemClock): Settings => {
  const watch: WatchSettings = {
    thresholds: config.watch,
    byPerson: config.watchByPerson,
    openings: config.watchOpenings,
    travel: config.travel,
  }
  return {
    clock,
    identity: identityOf(config),
    passwords: hasher(config.keys),
    watch,
    recalls: config.recalls,
    objections: objectionDigests(config.keys),
    calendars: calendarAddresses(config.keys, config.publicUrl),
  }
}
