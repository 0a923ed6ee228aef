import { useMutation } from '@tanstack/react-query'
import { forgetEmployerFile } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { call } from '../../platform/api.ts'
import { useGo } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { toast } from '../../platform/toast.ts'
import { Button } from '../../ui/index.ts'
import type { File } from './words.ts'

/** Nothing was created yet: no question is asked. */
export const Forget = ({ file }: { file: File }) => {
  const go = useGo()
  const { mutate, isPending } = useMutation({
    mutationFn: () => call(forgetEmployerFile, { params: { fileId: file.id } }),
    onSuccess: () => {
      toast('Import abandonné : les lignes envoyées sont effacées.')
      go('/fichiers-employeurs', { replace: true })
    },
    onError: problem => toast(asProblem(problem).detail),
  })
  return (
    <Button size="small" priority="secondary" busy={isPending} onClick={() => mutate()}>
      Abandonner cet import
    </Button>
  )
}
