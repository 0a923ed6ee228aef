import { ApiProblem } from '../platform/problem.ts'
import { RefusalPage } from '../ui/index.ts'

/** A page that breaks does not take the rest with it: the header stays, and what broke is said. */
export const PageCrash = ({ error, reset }: { error: unknown; reset?: () => void }) => {
  if (!(error instanceof ApiProblem)) console.error(error)
  const problem =
    error instanceof ApiProblem
      ? error
      : new ApiProblem('service/bug', 500, {
          title: 'Cette page ne s’affiche pas',
          detail: 'Une erreur inattendue s’est produite. Ce qui était enregistré l’est toujours.',
        })
  return <RefusalPage problem={problem} retry={() => (reset ? reset() : window.location.reload())} />
}
