import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/etablissements/$siret/recrutements', page: () => import('./recruitment.page.tsx') },
  { path: '/etablissements/$siret/recrutements/entreprise', page: () => import('./company-recruitment.page.tsx') },
]
