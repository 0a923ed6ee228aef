import { type Environment, isLoopback } from './sources.ts'

export const integer = (
  env: Environment,
  name: string,
  fallback: number,
  problems: string[],
  min = 1,
  max = 65535,
): number => {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max)
    problems.push(`${name} : « ${text} » n’est pas un nombre entre ${min} et ${max}`)
  return value
}

export const address = (env: Environment, name: string, protocols: readonly string[], problems: string[]): string => {
  const text = env[name]
  if (!text) {
    problems.push(`${name} manque`)
    return ''
  }
  // The value itself may hold a password: it is never repeated.
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
    problems.push(`${name} n’est pas une adresse ${protocols.join(' ou ')}`)
  return text
}

/**
 * A database's address. Off this machine it must say `sslmode=verify-full`: encrypted, to the server that the
 * certificate names.
 * `pg` prefers what follows `?` to the host of the address: both are checked. Without a host it would follow PGHOST.
 */
export const databaseAddress = (env: Environment, name: string, problems: string[]): string => {
  const before = problems.length
  const text = address(env, name, ['postgres:', 'postgresql:'], problems)
  if (problems.length > before) return text
  const { hostname, searchParams } = new URL(text)
  const [modes, hosts] = [searchParams.getAll('sslmode'), searchParams.getAll('host')]
  const host = hosts.at(-1) || decodeURIComponent(hostname)
  if (host === '') problems.push(`${name} ne nomme pas de machine`)
  else if (!host.startsWith('/') && !isLoopback(host) && !(modes.length === 1 && modes[0] === 'verify-full'))
    problems.push(
      `${name} doit porter sslmode=verify-full : hors de la machine elle-même, rien ne passe en clair, ni vers un serveur qui n’est pas vérifié`,
    )
  return text
}

export const words = (env: Environment, name: string, problems: string[]): string => {
  if (!env[name]) problems.push(`${name} manque`)
  return env[name] ?? ''
}
