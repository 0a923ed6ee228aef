import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './platform/problem.ts'
import { queryClient } from './platform/query.ts'
import { meQuery } from './platform/session.ts'
import { listenToKeys } from './platform/shortcuts.ts'
import { beginPage, router } from './shell/router.tsx'
import { startDesignSystem } from './ui/start.ts'

// Asked before anything is drawn: every page waits for it.
void queryClient.prefetchQuery(meQuery)
beginPage(window.location.pathname)
startDesignSystem()
listenToKeys()

createRoot(document.getElementById('root')!, {
  // A refusal, or a lost network, is said on the page: it is no fault of the page.
  onCaughtError: error => {
    if (!(error instanceof ApiProblem)) console.error(error)
  },
}).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
