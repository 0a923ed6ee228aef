import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/securite/comptes', page: () => import('./accounts.page.tsx') },
  { path: '/securite/comptes/$accountId', page: () => import('./file.page.tsx') },
]
