import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/sensibilisations', page: () => import('./awareness.page.tsx') },
  { path: '/equipement', page: () => import('./equipment.page.tsx') },
]
