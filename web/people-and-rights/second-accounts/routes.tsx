import type { PageRoute } from '../../platform/routes.ts'

const page = () => import('./second-accounts.page.tsx')
export const routes: readonly PageRoute[] = [
  { path: '/habilitations/seconds-comptes', page },
  { path: '/securite/seconds-comptes', page },
]
