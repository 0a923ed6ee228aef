import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [{ path: '/mon-calendrier', page: () => import('./calendar.page.tsx') }]
