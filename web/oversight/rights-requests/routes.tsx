import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/demandes-de-droits', page: () => import('./rights-requests.page.tsx') },
  { path: '/demandes-de-droits/$requestId', page: () => import('./rights-request.page.tsx') },
]
