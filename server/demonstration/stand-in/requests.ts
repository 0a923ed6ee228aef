import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Acr, acrs, type Fault, faults } from './login-page.ts'
import type { StandInPerson } from './people.ts'

// What the real one accepts at /authorize; anything else answers Y000400.
const accepted = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'nonce',
  'claims',
  'acr_values',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'idp_hint',
  'login_hint',
  'siret_hint',
]

export interface Choice {
  readonly person: string
  readonly acr: Acr
  readonly amr: readonly string[]
  readonly fault: Fault
}

export const whatIsWrong = (params: URLSearchParams): string | undefined => {
  const unknown = [...params.keys()].find(name => !accepted.includes(name))
  if (unknown) return `Le paramètre « ${unknown} » n’est pas accepté.`
  if ((params.get('state') ?? '').length < 32) return 'Le paramètre « state » doit compter au moins 32 caractères.'
  if ((params.get('nonce') ?? '').length < 32) return 'Le paramètre « nonce » doit compter au moins 32 caractères.'
  return undefined
}

export const readChoice = (form: URLSearchParams, people: readonly StandInPerson[]): Choice | undefined => {
  const acr = form.get('acr') || 'eidas2'
  const fault = form.get('fault') || 'none'
  const person = form.get('person') ?? ''
  if (!people.some(p => p.id === person) || !(acrs as readonly string[]).includes(acr) || !(fault in faults))
    return undefined
  return {
    person,
    acr: acr as Acr,
    fault: fault as Fault,
    amr: (form.get('amr') ?? 'pwd,otp,mfa')
      .split(',')
      .map(m => m.trim())
      .filter(Boolean),
  }
}

export const formOf = async (request: IncomingMessage) => {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > 10_000) break
  }
  return new URLSearchParams(text)
}

export const send = (response: ServerResponse, status: number, html: string) => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html)
}
