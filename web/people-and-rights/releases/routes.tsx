import type { PageRoute } from '../../platform/routes.ts'

const page = () => import('./releases.page.tsx')
export const routes: readonly PageRoute[] = [
  { path: '/habilitations/liberations', page },
  { path: '/securite/liberations', page },
]
