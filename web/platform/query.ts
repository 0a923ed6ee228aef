import { QueryClient } from '@tanstack/react-query'
import { isPassing } from './problem.ts'

/** Reads repair themselves while the network is away; writes never go again on their own. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always',
      retry: (failures, error) => isPassing(error) && failures < 20,
      retryDelay: failures => Math.min(1000 * 2 ** failures, 15_000),
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
