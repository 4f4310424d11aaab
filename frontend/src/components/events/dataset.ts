import { createContext } from 'react'

/** The dataset whose report is read; null where nobody says. */
export const ReportedDataset = createContext<string | null>(null)
