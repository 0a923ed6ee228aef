import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/connexion/invitation', page: () => import('./invitation.page.tsx'), access: 'public' },
]
