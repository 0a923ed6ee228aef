import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { Problem } from '../../../contract/common.ts'
import { commonBodyLimit, type Route } from '../../../contract/route.ts'
import { dataCategoryWords } from '../../../contract/words.ts'

/** The description of the API, made from its routes. */
export const describeApi = async (server: FastifyInstance, secure: boolean): Promise<void> => {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Campagnes coordonnées',
        version: '1',
        description: `L’interface par laquelle tout se fait : les pages du service emploient la même. Un corps tient en ${commonBodyLimit / 1024} Kio, sauf où il est dit autrement.`,
      },
      servers: [{ url: '/api' }],
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: secure ? '__Host-session' : 'session' } },
      },
      security: [{ session: [] }],
    },
    stripBasePath: true,
    transform: ({ schema, url, route }) => {
      const answers = route.config?.answers
      return { schema: answers ? { ...schema, response: answers } : schema, url }
    },
  })
}

/** What a route answers: said in the description, and compiled at the first answer alone. */
export const answersOf = (route: Route) => ({
  200: { description: 'Réponse', ...route.reply },
  default: { description: 'Refus (RFC 9457)', ...Problem },
})
/** What the description says of a route; its shapes are what is checked. */
export const describe = (route: Route) => ({
  tags: [route.tag],
  summary: route.summary,
  operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  description: [
    `Accès : ${needsInWords[route.needs as keyof typeof needsInWords] ?? `habilitation ${route.needs.replace(':', ', profil ')} ou plus`}.`,
    ...(route.writesIn
      ? [`Refusé tant que l’annexe 4 n’ouvre pas la catégorie de données « ${dataCategoryWords[route.writesIn]} ».`]
      : []),
    ...(route.stepUp ? ['Demande de confirmer de nouveau le second facteur.'] : []),
    ...(route.bodyLimit ? [`Corps de ${Math.round(route.bodyLimit / 1024)} Kio au plus.`] : []),
    ...(route.versioned && route.method === 'PUT' ? ['Renvoyer dans If-Match la version lue.'] : []),
    ...(route.refusals?.length ? [`Refus propres : ${route.refusals.join(', ')}.`] : []),
  ].join(' '),
  ...(route.params ? { params: route.params } : {}),
  ...(route.query ? { querystring: route.query } : {}),
  ...(route.body ? { body: route.body } : {}),
})
const needsInWords = { identified: 'une session, même verrouillée', 'signed-in': 'deux facteurs' }
