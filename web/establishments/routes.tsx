import type { PageRoute } from '../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/etablissements', page: () => import('./search.page.tsx') },
  { path: '/etablissements/fiche-provisoire', page: () => import('./provisional.page.tsx') },
  { path: '/etablissements/$siret', page: () => import('./card.page.tsx') },
]
