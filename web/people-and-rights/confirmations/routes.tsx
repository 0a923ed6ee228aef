import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/habilitations/confirmations', page: () => import('./confirmations.page.tsx') },
]
