import type { WatchSettings } from './oversight/security/settings.ts'
import type { Settings } from './platform/action.ts'
import type { Config } from './platform/config.ts'
import { identityOf } from './signing-in/identity/settings.ts'
import { hasher } from './signing-in/passwords/hashing.ts'

/** What each room needs of the configuration, made once when the process starts. */
export const settingsOf = (config: Config): Settings => {
  const watch: WatchSettings = { thresholds: config.watch, byPerson: config.watchByPerson, travel: config.travel }
  return { identity: identityOf(config), passwords: hasher(config.keys), watch }
}
