import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/territoires', page: () => import('./territories.page.tsx') },
  { path: '/territoires/$territoryId', page: () => import('./territory.page.tsx') },
]
