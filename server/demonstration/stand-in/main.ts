import { env } from 'node:process'
import { startStandIn } from './stand-in.ts'

// A program of its own, as ProConnect is: its settings are not the service's. Started by the launcher on a loopback
// address, gone with it.
const setting = (name: string): string => {
  const value = env[name]
  if (!value) throw new Error(`${name} is missing`)
  return value
}
console.warn = () => {} // the library warns that its memory is lost at each start: here it is meant to be
process.on('disconnect', () => process.exit(0))
await startStandIn({
  port: Number(setting('STAND_IN_PORT')),
  clientId: setting('STAND_IN_CLIENT_ID'),
  clientSecret: setting('STAND_IN_CLIENT_SECRET'),
  redirectUri: setting('STAND_IN_REDIRECT_URI'),
  postLogoutUri: setting('STAND_IN_POST_LOGOUT_URI'),
})
process.send?.({ ready: true })
