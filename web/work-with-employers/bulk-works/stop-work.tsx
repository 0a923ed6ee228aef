import { useMutation } from '@tanstack/react-query'
import { stopBulkWork } from '../../../contract/work-with-employers/bulk-works.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { queryClient } from '../../platform/query.ts'
import { toast } from '../../platform/toast.ts'
import { Button } from '../../ui/index.ts'
import type { Work } from './words.ts'

/** Stops at the end of the part under way. The page then says it, as any end. */
export const StopWork = ({ work }: { work: Work }) => {
  const { mutate, isPending } = useMutation({
    mutationFn: () => call(stopBulkWork, { params: { workId: work.id }, idempotencyKey: newKey() }),
    onError: problem => toast(asProblem(problem).detail),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['bulk-works'] }),
  })
  return (
    <Button size="small" priority="secondary" busy={isPending} onClick={() => mutate()}>
      Arrêter
    </Button>
  )
}
