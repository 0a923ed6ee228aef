import { Type } from 'typebox'

/** Brought by a file of employers, on the day it was recorded, by its author. */
export const FromFile = Type.Object({
  fileName: Type.Union([Type.String(), Type.Null()], {
    description: 'Son nom, pour qui l’a importé ; null : aux autres',
  }),
})
