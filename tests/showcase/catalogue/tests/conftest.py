import os

os.environ.setdefault("CATALOGUE_DATABASE_URL", "postgresql+asyncpg://nobody@localhost/none")
os.environ.setdefault("CATALOGUE_SYNC_DATABASE_URL", "postgresql+psycopg2://nobody@localhost/none")
