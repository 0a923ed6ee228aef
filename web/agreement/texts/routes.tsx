import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/conditions', page: () => import('./conditions.page.tsx') },
  { path: '/textes', page: () => import('./texts.page.tsx') },
  { path: '/textes/publier', page: () => import('./publish-text.page.tsx') },
  { path: '/textes/$documentId', page: () => import('./text.page.tsx') },
]
