/** Name of the reader's database, apart so that a page can ask whether it exists without loading what opens it. */
export const DATABASE = 'llm-interview-lab';
