import { createRootRoute, createRoute, createRouter, lazyRouteComponent, notFound } from '@tanstack/react-router'
import { arrive } from '../platform/arrival.ts'
import type { Access, PageRoute } from '../platform/routes.ts'
import { NotFound } from '../ui/index.ts'
import { pageLoader } from './load-page.ts'
import { PageCrash } from './page-crash.tsx'
import { Shell } from './shell.tsx'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    access?: Access
  }
}

// A feature adds its pages by exporting `routes` from its own folder: nothing to register here.
const features = import.meta.glob<{ routes: readonly PageRoute[] }>('../**/routes.tsx', { eager: true })

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

const routes = Object.values(features).flatMap(({ routes: own }) => own)
const shapes = [
  [/^siret$/, /^\d{14}$/],
  [/^territoryId$/, /^\d{1,9}$/],
  [/Id$/, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i],
] as const
/** An address that names nothing that could exist has no page; the service would call it malformed. */
const mayExist = (params: Readonly<Record<string, string>>) =>
  Object.entries(params).every(([name, value]) => shapes.find(([of]) => of.test(name))?.[1].test(value) ?? true)

/** On arriving, three things load together: the page's code, its first query and the session. */
export const beginPage = (address: string): void => {
  const found = routes
    .toSorted((a, b) => Number(a.path.includes('$')) - Number(b.path.includes('$')))
    .flatMap(route => {
      const params = new RegExp(`^${route.path.replace(/\$(\w+)/g, '(?<$1>[^/]+)')}/?$`).exec(address)
      return params ? [{ route, params: { ...params.groups } }] : []
    })[0]
  if (!found) return
  if (!mayExist(found.params)) return
  found.route.page().catch(() => {}) // asked again, and said, when it is to be drawn
  found.route.ahead?.(found.params)
}

const pages = routes.map(({ path, page, access = 'signed-in' }) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(pageLoader(page)),
    beforeLoad: ({ params }) => {
      if (!mayExist(params)) throw notFound()
    },
    staticData: { access },
  }),
)

export const router = createRouter({
  routeTree: root.addChildren(pages),
  defaultErrorComponent: PageCrash,
  defaultPendingMs: 200,
  scrollRestoration: true,
  // Plain text in the address, readable and shareable: ?statut=open, not ?statut=%22open%22.
  parseSearch: text => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: search => {
    const text = new URLSearchParams(search as Record<string, string>).toString()
    return text && `?${text}`
  },
})

router.subscribe('onBeforeNavigate', ({ pathChanged, fromLocation }) => {
  // Sent on to another page before anything was done, one is at a first load: nothing takes the focus.
  if (pathChanged && fromLocation && navigator.userActivation?.hasBeenActive !== false) arrive()
})
