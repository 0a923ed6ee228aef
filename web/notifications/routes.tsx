import type { PageRoute } from '../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/courriels', page: () => import('./failed.page.tsx') },
  { path: '/mes-notifications', page: () => import('./notifications.page.tsx') },
  { path: '/mes-notifications/reglages', page: () => import('./choices.page.tsx') },
  {
    path: '/desabonnement/$kind/$mailId/$signature',
    page: () => import('./unsubscribe.page.tsx'),
    access: 'public',
  },
]
