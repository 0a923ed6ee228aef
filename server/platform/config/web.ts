import { isIP } from 'node:net'
import { type Limits, limitsOf } from '../budgets.ts'
import { isDay } from '../time.ts'
import { address, integer } from './readers.ts'
import type { Environment } from './sources.ts'
import type { Config } from './types.ts'

/** One line of /.well-known/security.txt: nothing that could begin another. */
export const securityContact = (env: Environment, problems: string[]): string => {
  const before = problems.length
  const text = address(env, 'SECURITY_CONTACT', ['mailto:', 'https:'], problems)
  if (problems.length === before && !/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(text))
    problems.push('SECURITY_CONTACT s’écrit mailto:securite@exemple.fr ou https://exemple.fr/signaler')
  return text
}

export const acrByProvider = (env: Environment, problems: string[]): Record<string, string[]> => {
  if (!env.PROCONNECT_MFA_BY_IDP) return {}
  try {
    const parsed: unknown = JSON.parse(env.PROCONNECT_MFA_BY_IDP)
    if (
      typeof parsed === 'object' &&
      parsed !== null &&
      Object.values(parsed).every(v => Array.isArray(v) && v.every(a => typeof a === 'string'))
    )
      return parsed as Record<string, string[]>
  } catch {
    /* said below */
  }
  problems.push('PROCONNECT_MFA_BY_IDP n’est pas un objet JSON { "idp_id": ["acr", …] }')
  return {}
}

export const proxies = (env: Environment, problems: string[]): boolean | readonly string[] => {
  const text = env.TRUST_PROXY ?? ''
  if (['', 'true', 'false'].includes(text)) return text === 'true'
  const addresses = text.split(/[\s,]+/).filter(one => one !== '')
  if (addresses.length === 0 || !addresses.every(isNetwork))
    problems.push('TRUST_PROXY vaut true, false, ou les adresses des relais : 10.0.0.5, 10.1.0.0/16')
  return addresses
}

/** The whole Internet is none: `true` says it openly, and rules what may be built on it. */
const isNetwork = (text: string): boolean => {
  const [address, bits, ...more] = text.split('/')
  const version = isIP(address!)
  return (
    version > 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128)))
  )
}

export const travel = (
  env: Environment,
  trusted: boolean | readonly string[],
  problems: string[],
): Config['travel'] => {
  // At 850 km/h the whole Earth is within a day, for which places are kept.
  const [kmPerHour, floorKm] = [
    integer(env, 'WATCH_TRAVEL_KMH', 900, problems, 850, 20_000),
    integer(env, 'WATCH_TRAVEL_FLOOR_KM', 1_500, problems, 200, 20_000),
  ]
  const names = (env.WATCH_PLACE_HEADERS ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(name => name !== '')
  if (names.length === 0) return undefined
  if (names.length !== 2 || names[0] === names[1] || !names.every(name => /^[a-z0-9-]+$/.test(name)))
    problems.push('WATCH_PLACE_HEADERS nomme deux en-têtes : celui de la latitude, puis celui de la longitude')
  if (typeof trusted === 'boolean')
    problems.push(
      'WATCH_PLACE_HEADERS demande que TRUST_PROXY donne les adresses des relais : sans elles, n’importe qui dirait d’où il vient',
    )
  return { headers: [names[0]!, names[1] ?? ''], kmPerHour, floorKm }
}

export const limits = (env: Environment, problems: string[]): Limits => {
  const usual = limitsOf(integer(env, 'LIMIT_SESSION', 1_200, problems, 60, 1_000_000))
  return {
    session: usual.session,
    address: integer(env, 'LIMIT_ADDRESS', usual.address, problems, 60, 10_000_000),
    stranger: integer(env, 'LIMIT_STRANGERS', usual.stranger, problems, 30, 1_000_000),
    signIn: integer(env, 'LIMIT_SIGN_IN', usual.signIn, problems, 10, 1_000_000),
  }
}

/** Where the antivirus listens: a port, or a socket of this machine. */
export const clamdAddress = (env: Environment, problems: string[]): string | undefined => {
  const text = env.CLAMD_ADDRESS
  if (!text) return undefined
  const { protocol = '', hostname = '', port = '', pathname = '' } = URL.canParse(text) ? new URL(text) : {}
  if (!(protocol === 'tcp:' && hostname && port) && !(protocol === 'unix:' && !hostname && pathname.startsWith('/')))
    problems.push('CLAMD_ADDRESS s’écrit tcp://127.0.0.1:3310 ou unix:/run/clamav/clamd.ctl')
  return text
}

export type AcceptedFactors = Pick<Config['proconnect'], 'weakMfaAcceptedUntil' | 'acceptedAcrByProvider'>
/** Until when a weak second factor counts, and what each identity provider may say instead. */
export const acceptedFactors = (env: Environment, problems: string[]): AcceptedFactors => {
  const weak = env.WEAK_MFA_ACCEPTED_UNTIL || null
  if (weak !== null && !isDay(weak)) problems.push('WEAK_MFA_ACCEPTED_UNTIL n’est pas un jour AAAA-MM-JJ')
  return { weakMfaAcceptedUntil: weak, acceptedAcrByProvider: acrByProvider(env, problems) }
}
/** How ProConnect signs, as registered with it. */
export const signingAlgorithm = (
  env: Environment,
  mode: Config['mode'],
  problems: string[],
): Config['proconnect']['signingAlg'] => {
  const signingAlg = env.PROCONNECT_SIGNING_ALG || (mode === 'demonstration' ? 'RS256' : 'ES256')
  if (signingAlg !== 'RS256' && signingAlg !== 'ES256')
    problems.push('PROCONNECT_SIGNING_ALG vaut ES256 ou RS256, comme déclaré auprès de ProConnect')
  return signingAlg as 'RS256' | 'ES256'
}
