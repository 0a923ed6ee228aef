import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type KeyRing, keyRing } from '../key-ring.ts'
import { ConfigurationError, type Environment, modeOf, withSecrets } from './sources.ts'

/** `2:base64 1:base64`: each with its number, the one that writes first. ENCRYPTION_KEY alone is number 1. */
export const encryptionKeys = (env: Environment, problems: string[]): KeyRing => {
  const none = keyRing(new Map([[1, Buffer.alloc(32)]])) // with a problem: nothing starts on it
  if (!env.ENCRYPTION_KEYS) {
    const only = key(env, 'ENCRYPTION_KEY', problems)
    return only.length === 32 ? keyRing(new Map([[1, only]])) : none
  }
  if (env.ENCRYPTION_KEY)
    problems.push(
      'ENCRYPTION_KEY et ENCRYPTION_KEYS sont donnés ensemble : gardez ENCRYPTION_KEYS, où la clé d’avant porte le numéro 1',
    )
  const keys = new Map<number, Buffer>()
  for (const one of env.ENCRYPTION_KEYS.split(/[\s,]+/).filter(text => text !== '')) {
    const [, number, base64] = /^([1-9]\d{0,4}):([A-Za-z0-9+/]{43}=)$/.exec(one) ?? []
    if (!number || Number(number) > 65_535)
      problems.push(
        'ENCRYPTION_KEYS est une liste « numéro:clé », de 1 à 65535, chaque clé faisant 32 octets en base64 ; la première écrit',
      )
    else if (keys.has(Number(number))) problems.push(`ENCRYPTION_KEYS donne deux fois le numéro ${number}`)
    else keys.set(Number(number), Buffer.from(base64!, 'base64'))
  }
  if (keys.size === 0 && problems.length === 0) problems.push('ENCRYPTION_KEYS manque')
  return keys.size > 0 ? keyRing(keys) : none
}

/** For the command that changes keys. */
export const readKeys = (given: Environment): KeyRing => {
  const problems: string[] = []
  const env = withSecrets(given, problems)
  const keys =
    modeOf(env) === 'demonstration' && !env.ENCRYPTION_KEY && !env.ENCRYPTION_KEYS
      ? demonstrationKeys(resolve(env.DATA_DIR || './data'))
      : encryptionKeys(env, problems)
  if (problems.length > 0) throw new ConfigurationError(problems)
  return keys
}

export const key = (env: Environment, name: 'ENCRYPTION_KEY' | 'AUDIT_SIGNING_KEY', problems: string[]): Buffer => {
  const bytes = Buffer.from(env[name] ?? '', 'base64')
  if (!env[name]) problems.push(`${name} manque (32 octets en base64 : openssl rand -base64 32)`)
  else if (bytes.length !== 32) problems.push(`${name} ne fait pas 32 octets en base64`)
  return bytes
}

/** The worker alone neither opens sessions nor reads addresses: its keys are nobody's. */
export const unused = keyRing(new Map([[1, randomBytes(32)]]))

export const demonstrationKeys = (dataDir: string): KeyRing => keyRing(new Map([[1, demonstrationKey(dataDir)]]))

/** Kept beside the data it encrypts: good for a demonstration, and for nothing else. */
export const demonstrationKey = (dataDir: string, name = 'encryption-key'): Buffer => {
  const file = join(dataDir, name)
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 })
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64')
}
