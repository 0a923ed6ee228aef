import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/avis', page: () => import('./answer.page.tsx'), access: 'public' },
]
