import { createServer, type Server } from 'node:http'
import { generateKeyPair } from 'jose'
import { faultyAnswers } from './faults.ts'
import { interactions } from './interactions.ts'
import { errorPage } from './login-page.ts'
import { everyone } from './people.ts'
import { newProvider } from './provider.ts'
import { send, whatIsWrong } from './requests.ts'
import { base, type StandInSettings } from './settings.ts'

/**
 * A ProConnect of one's own: the same addresses, claims and refusals, and faults on demand. In memory; for a loopback
 * address only.
 */
export const startStandIn = async (settings: StandInSettings): Promise<Server> => {
  const issuer = `http://localhost:${settings.port}${base}`
  const people = settings.people ?? everyone
  const { privateKey: key } = await generateKeyPair('RS256', { extractable: true })
  const provider = await newProvider(settings, issuer, people, key)
  const pending = await faultyAnswers(provider, settings, key)
  const interact = interactions(provider, settings, people, pending)

  const callback = provider.callback()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    const fail = (error: unknown) => {
      if (!response.headersSent)
        send(response, 400, errorPage('Y000400', error instanceof Error ? error.message : 'demande inconnue'))
    }
    if (url.pathname.startsWith('/interaction/')) return void interact(request, response).catch(fail)
    if (!url.pathname.startsWith(`${base}/`))
      return send(response, 404, errorPage('Y000404', 'Cette adresse n’existe pas.'))
    const wrong = url.pathname === `${base}/authorize` ? whatIsWrong(url.searchParams) : undefined
    if (wrong) return send(response, 400, errorPage('Y000400', wrong))
    request.url = request.url!.slice(base.length)
    Object.assign(request, { originalUrl: base + request.url, baseUrl: base })
    void callback(request, response)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, '127.0.0.1', resolve))
  return server
}
