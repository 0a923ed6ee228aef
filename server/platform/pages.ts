import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/**
 * Serves the browser application: hashed files for a year, the one page for every address it knows. Compressed copies
 * are made at build time. Served while load is shed too: it costs next to nothing, and the page says it in words.
 */
export const pages = (folder: string) => async (server: FastifyInstance) => {
  if (!existsSync(join(folder, 'index.html')))
    throw new Error(`les pages ne sont pas construites (${folder}) : lancez « npm run build »`)
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    serve: false,
    preCompressed: true,
  })
  server.get(
    '/*',
    { schema: { hide: true }, exposeHeadRoute: true, config: { rateLimit: false, pressureHandler: () => undefined } },
    async (request, reply) => {
      const path = decodeURIComponent(request.url.split(/[?#]/, 1)[0]!)
      if (path.startsWith('/assets/') || /\.[a-z0-9]{2,5}$/i.test(path)) {
        if (!existsSync(join(folder, path.replaceAll('..', '')))) return reply.callNotFound()
        return reply.sendFile(
          path.slice(1),
          path.startsWith('/assets/') ? { maxAge: 31_536_000_000, immutable: true } : { maxAge: 300_000 },
        )
      }
      // An unknown address under /api or /health answers a program's error. Only the page of the API is exempt.
      if (/^\/(api|health)\//.test(path) && !path.startsWith('/api/refus/')) return reply.callNotFound()
      return reply.sendFile('index.html', { cacheControl: false })
    },
  )
}
