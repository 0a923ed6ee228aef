import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/echanges/$exchangeId', page: () => import('./exchange.page.tsx') },
]
