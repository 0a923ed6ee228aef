import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/fichiers-employeurs', page: () => import('./files.page.tsx') },
  { path: '/fichiers-employeurs/$fileId', page: () => import('./file.page.tsx') },
]
