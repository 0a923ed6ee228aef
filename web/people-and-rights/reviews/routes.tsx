import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/revues', page: () => import('./reviews.page.tsx') },
  { path: '/revues/$reviewId', page: () => import('./review.page.tsx') },
]
