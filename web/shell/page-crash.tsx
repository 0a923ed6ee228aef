import { useRouter } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { ApiProblem, awaited } from '../platform/problem.ts'
import { RefusalPage } from '../ui/index.ts'

/**
 * A page that breaks does not take the rest with it: the header stays, and what broke is said. One whose code did not
 * come, for want of a network, comes by itself once it is back.
 */
export const PageCrash = ({ error, reset }: { error: unknown; reset?: () => void }) => {
  const router = useRouter()
  const problem =
    error instanceof ApiProblem
      ? awaited(error)
      : new ApiProblem('service/bug', 500, {
          title: 'Cette page ne s’affiche pas',
          detail: 'Une erreur inattendue s’est produite. Ce qui était enregistré l’est toujours.',
        })
  const retry = useCallback(() => {
    void router.invalidate().then(() => (reset ? reset() : window.location.reload()))
  }, [router, reset])
  const offline = problem.code === 'offline'
  useEffect(() => {
    if (!offline) return
    window.addEventListener('online', retry)
    return () => window.removeEventListener('online', retry)
  }, [offline, retry])
  return <RefusalPage problem={problem} retry={retry} />
}
