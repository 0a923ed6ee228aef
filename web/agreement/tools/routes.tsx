import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/outils', page: () => import('./tools.page.tsx') },
  { path: '/outils/annexe-4/publier', page: () => import('./publish-annex.page.tsx') },
  { path: '/mes-droits', page: () => import('./my-rights.page.tsx') },
  { path: '/demandes-d-acces', page: () => import('./access-requests.page.tsx') },
]
