import type { PageRoute } from '../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/accessibilite', page: () => import('./accessibility.page.tsx'), access: 'public' },
  { path: '/mentions-legales', page: () => import('./legal.page.tsx'), access: 'public' },
  { path: '/donnees-personnelles', page: () => import('./personal-data.page.tsx'), access: 'public' },
  { path: '/aide', page: () => import('./help.page.tsx'), access: 'public' },
  { path: '/aide/premiere-journee', page: () => import('./first-day.page.tsx') },
  { path: '/aide/$guide', page: () => import('./guide.page.tsx'), access: 'public' },
  { path: '/aide/raccourcis', page: () => import('./shortcuts.page.tsx'), access: 'public' },
  { path: '/api', page: () => import('./api.page.tsx'), access: 'public' },
  { path: '/api/refus/$', page: () => import('./refusal.page.tsx'), access: 'public' },
]
