import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/habilitations/anomalies', page: () => import('./own.page.tsx') },
  { path: '/securite/anomalies', page: () => import('./structures.page.tsx') },
  { path: '/securite/anomalies/$organisationId', page: () => import('./structure.page.tsx') },
]
