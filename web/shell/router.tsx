import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { arrive } from '../platform/arrival.ts'
import type { Access, PageRoute } from '../platform/routes.ts'
import { NotFound } from '../ui/index.ts'
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
/** On arriving, three things load together: the page's code, its first query and the session. */
export const beginPage = (address: string): void => {
  const found = routes
    .toSorted((a, b) => Number(a.path.includes('$')) - Number(b.path.includes('$')))
    .flatMap(route => {
      const params = new RegExp(`^${route.path.replace(/\$(\w+)/g, '(?<$1>[^/]+)')}/?$`).exec(address)
      return params ? [{ route, params: { ...params.groups } }] : []
    })[0]
  if (!found) return
  found.route.page().catch(() => {}) // asked again, and said, when it is to be drawn
  found.route.ahead?.(found.params)
}

const pages = routes.map(({ path, page, access = 'signed-in' }) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(page), staticData: { access } }),
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
  if (pathChanged && fromLocation) arrive()
})
